//! The container with DynamoDB Local. The first test of a process that needs it starts it.

use super::{connect, required, table_name};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::Config;
use aws_sdk_dynamodb::config::retry::RetryConfig;
use std::io::Write as _;
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::{Duration, Instant};
use testcontainers::bollard::models::PortBinding;
use testcontainers::core::{IntoContainerPort as _, WaitFor};
use testcontainers::runners::AsyncRunner as _;
use testcontainers::{ContainerAsync, GenericImage, ImageExt as _};

const IMAGE: (&str, &str) = ("amazon/dynamodb-local", "3.3.0");
const PORT: u16 = 8000;
const STARTUP: Duration = Duration::from_secs(60);

/// The container of this process. The first test that needs it starts it, and all tests share it.
static LOCAL: OnceLock<Result<Local, String>> = OnceLock::new();

/// A DynamoDB Local that this process has started. It is in a static, which is never dropped.
/// Therefore the guardian removes the container.
struct Local {
    endpoint: String,
    _container: ContainerAsync<GenericImage>,
    _guardian: Child,
}

/// Returns the endpoint of the container, which the first call starts, or the reason why there is none.
/// This blocks the thread.
pub(super) fn endpoint() -> Result<String, String> {
    let local = LOCAL.get_or_init(start).as_ref();
    local.map(|local| local.endpoint.clone()).map_err(Clone::clone)
}

/// Starts the container, on a runtime of its own. If that fails, it says so on standard error.
fn start() -> Result<Local, String> {
    let started = docker_answers().and_then(|()| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(|error| error.to_string())?.block_on(start_container())
    });
    if let Err(reason) = &started
        && !required()
    {
        // Not `eprintln!`, which the test harness holds back for tests that pass.
        let _ = writeln!(
            std::io::stderr(),
            "\n*** SKIPPED: the tests with DynamoDB, because there is no DynamoDB Local. {reason}\n\
             *** Start Docker, or set MONOTABLE_DYNAMODB_ENDPOINT.\n"
        );
    }
    started
}

/// Checks that Docker answers, with the `docker` command, because the guardian needs that command.
fn docker_answers() -> Result<(), String> {
    let output = Command::new("docker")
        .args(["version", "--format", "{{.Server.Version}}"])
        .output()
        .map_err(|error| format!("`docker` does not run: {error}"))?;
    if output.status.success() {
        return Ok(());
    }
    Err(format!("Docker does not answer: {}", String::from_utf8_lossy(&output.stderr).trim()))
}

async fn start_container() -> Result<Local, String> {
    // We choose the name, so that the guardian knows it before the container exists.
    let name = table_name();
    let guardian = guard(&name).map_err(|error| format!("no guardian: {error}"))?;
    let container = GenericImage::new(IMAGE.0, IMAGE.1)
        .with_exposed_port(PORT.tcp())
        .with_wait_for(WaitFor::message_on_stdout("Initializing DynamoDB Local"))
        .with_container_name(&name)
        .with_label("monotable.tests", "dynamodb")
        .with_startup_timeout(STARTUP)
        .with_host_config_modifier(|host| {
            let loopback = PortBinding { host_ip: Some("127.0.0.1".into()), host_port: None };
            host.port_bindings = Some([(PORT.tcp().to_string(), Some(vec![loopback]))].into());
            host.publish_all_ports = Some(false);
        })
        .start()
        .await
        .map_err(|error| format!("{}:{} does not start: {error}", IMAGE.0, IMAGE.1))?;
    let port = container.get_host_port_ipv4(PORT.tcp()).await.map_err(|error| error.to_string())?;
    let endpoint = format!("http://127.0.0.1:{port}");
    wait_for_answer(&connect(&endpoint)).await?;
    Ok(Local { endpoint, _container: container, _guardian: guardian })
}

/// Waits until the server answers: it prints "Initializing" before it listens.
async fn wait_for_answer(client: &Client) -> Result<(), String> {
    let no_retries = Config::builder().retry_config(RetryConfig::disabled());
    let begun = Instant::now();
    loop {
        let request = client.list_tables().customize().config_override(no_retries.clone());
        match request.send().await {
            Ok(_) => return Ok(()),
            Err(error) if begun.elapsed() > STARTUP => {
                return Err(format!("DynamoDB Local does not answer: {error:?}"));
            }
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
}

/// Starts the guardian: a process that removes the container when this process has ended, even if
/// it was killed.
///
/// A process that is killed cannot clean up, but the kernel closes its files. The guardian reads
/// from a pipe whose other end only this process holds, and goes on when that end is closed. It
/// tries several times, because the container may still be starting.
fn guard(container: &str) -> std::io::Result<Child> {
    const SCRIPT: &str = r#"cat
        for pause in 0 1 3; do
            sleep "$pause"
            docker inspect "$0" && docker rm --force --volumes "$0" && break
        done"#;
    let mut command = Command::new("sh");
    command.args(["-c", SCRIPT, container]);
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    // A process group of its own, so that Ctrl-C ends the tests and not their guardian.
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut command, 0);
    command.spawn()
}
