//! Redis servers that a test starts: plain, with TLS, or as a cluster of one node. They listen on the loopback address
//! only, and end with the test.

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::cluster::ClusterClient;
use redis::cluster_async::ClusterConnection;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How a server is started.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Plain,
    Tls,
    Cluster,
}

/// A running server.
pub struct Server {
    child: Child,
    port: u16,
    kind: Kind,
    folder: tempfile::TempDir,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It has ended already, or ends now.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Starts a server. `None`, with a message in capitals, if there is no `redis-server`, unless that is forbidden.
pub async fn start(kind: Kind) -> Option<Server> {
    for attempt in 0..5 {
        let folder = tempfile::tempdir().unwrap();
        let port = free_port();
        match Server::spawn(kind, port, folder) {
            Ok(server) => {
                if server.is_ready().await {
                    return Some(server);
                }
                // Somebody else has taken the port.
                assert!(attempt < 4, "redis-server does not answer");
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let required =
                    std::env::var_os("MONOTABLE_REQUIRE_REDIS").is_some_and(|it| it == "1");
                assert!(!required, "there is no `redis-server` on the path");
                eprintln!("SKIPPED: THERE IS NO `redis-server` ON THE PATH");
                return None;
            }
            Err(error) => panic!("redis-server: {error}"),
        }
    }
    None
}

fn free_port() -> u16 {
    // The bus of a cluster is at the port that is 10,000 greater.
    loop {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        if port < 55_000 && TcpListener::bind(("127.0.0.1", port + 10_000)).is_ok() {
            return port;
        }
    }
}

impl Server {
    fn spawn(kind: Kind, port: u16, folder: tempfile::TempDir) -> std::io::Result<Server> {
        let mut command = Command::new("redis-server");
        command.args(["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir"]);
        command.arg(folder.path());
        let text = port.to_string();
        match kind {
            Kind::Plain => command.args(["--port", &text]),
            Kind::Cluster => command.args(["--port", &text, "--cluster-enabled", "yes"]),
            Kind::Tls => {
                let key = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
                let path = |name: &str| folder.path().join(name);
                std::fs::write(path("cert.pem"), key.cert.pem())?;
                std::fs::write(path("key.pem"), key.signing_key.serialize_pem())?;
                command.args(["--port", "0", "--tls-port", &text, "--tls-auth-clients", "no"]);
                command.arg("--tls-cert-file").arg(path("cert.pem"));
                command.arg("--tls-key-file").arg(path("key.pem"));
                command.arg("--tls-ca-cert-file").arg(path("cert.pem"))
            }
        };
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn()?;
        Ok(Server { child, port, kind, folder })
    }

    async fn is_ready(&self) -> bool {
        for _ in 0..100 {
            if let Ok(mut connection) = self.try_connect().await {
                if self.kind != Kind::Cluster {
                    return true;
                }
                let mut slots = redis::cmd("CLUSTER");
                slots.arg("ADDSLOTSRANGE").arg(0).arg(16_383);
                let _: redis::RedisResult<()> = slots.query_async(&mut connection).await;
                let info: String =
                    redis::cmd("CLUSTER").arg("INFO").query_async(&mut connection).await.unwrap();
                if info.contains("cluster_state:ok") {
                    return true;
                }
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    }

    /// The address of the server.
    pub fn address(&self) -> String {
        let scheme = if self.kind == Kind::Tls { "rediss" } else { "redis" };
        format!("{scheme}://127.0.0.1:{}", self.port)
    }

    fn client(&self) -> redis::Client {
        if self.kind != Kind::Tls {
            return redis::Client::open(self.address()).unwrap();
        }
        // rustls panics if it is not told which implementation of cryptography to use. Another test may have done so.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let certificate = std::fs::read(self.folder.path().join("cert.pem")).unwrap();
        let certificates =
            redis::TlsCertificates { client_tls: None, root_cert: Some(certificate) };
        redis::Client::build_with_tls(self.address(), certificates).unwrap()
    }

    async fn try_connect(&self) -> redis::RedisResult<ConnectionManager> {
        let config = ConnectionManagerConfig::new()
            .set_number_of_retries(1)
            .set_connection_timeout(Some(Duration::from_secs(1)))
            .set_response_timeout(Some(Duration::from_secs(5)));
        ConnectionManager::new_with_config(self.client(), config).await
    }

    /// A connection that connects again when it is lost.
    pub async fn connect(&self) -> ConnectionManager {
        self.try_connect().await.unwrap()
    }

    /// A connection of the client for clusters.
    pub async fn connect_to_cluster(&self) -> ClusterConnection {
        ClusterClient::new([self.address()]).unwrap().get_async_connection().await.unwrap()
    }

    /// Stops the process for a while: it answers nothing, and its connections stay.
    pub fn freeze(&self, frozen: bool) {
        let signal = if frozen { "-STOP" } else { "-CONT" };
        let status = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(status.unwrap().success());
    }

    /// Kills the server, and starts another one at the same place. It has forgotten everything.
    pub async fn restart(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
        let folder = std::mem::replace(&mut self.folder, tempfile::tempdir().unwrap());
        *self = Server::spawn(self.kind, self.port, folder).unwrap();
        assert!(self.is_ready().await);
    }
}

/// How often the server has run scripts, by `INFO commandstats`.
pub async fn scripts_run(connection: &mut ConnectionManager) -> u64 {
    let info: String =
        redis::cmd("INFO").arg("commandstats").query_async(connection).await.unwrap();
    let calls = |command: &str| {
        let line =
            info.lines().find_map(|line| line.strip_prefix(&format!("cmdstat_{command}:calls=")));
        line.map_or(0, |line| line.split(',').next().unwrap().parse().unwrap())
    };
    calls("evalsha") + calls("eval") + calls("script|load")
}
