//! HTTP events of API Gateway and of function URLs, in their format 2.0, and their answers.
//!
//! These are the parts of the
//! [event](https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html) that the
//! shop uses. The gateway finds the route and decodes the parameters of the path.

use crate::handlers::{self, NewOrder, Refused, Result};
use crate::model::Shop;
use monotable::Transactions;
use monotable::prelude::*;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;

/// A request.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Request {
    /// The route of the template that this is, such as `GET /customers/{customer}/orders`.
    pub route_key: String,
    #[serde(default)]
    pub path_parameters: HashMap<String, String>,
    #[serde(default)]
    pub query_string_parameters: HashMap<String, String>,
    /// With names in lower case.
    #[serde(default)]
    pub headers: HashMap<String, String>,
    #[serde(default)]
    pub body: Option<String>,
    #[serde(default)]
    pub is_base64_encoded: bool,
}

/// An answer.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Response {
    pub status_code: u16,
    pub headers: HashMap<&'static str, String>,
    pub body: String,
}

#[derive(Deserialize)]
struct NewCustomer {
    name: String,
}

#[derive(Deserialize)]
struct Payment {
    payment_id: String,
}

/// Answers a request.
pub async fn respond<B: Transactions>(shop: &Table<Shop, B>, request: &Request) -> Response {
    match route(shop, request).await {
        Ok(response) => response,
        Err(refused) => {
            if let Refused::Store(error) = &refused {
                tracing::error!(route = request.route_key.as_str(), "{error}");
            }
            Response::refused(&refused)
        }
    }
}

async fn route<B: Transactions>(shop: &Table<Shop, B>, request: &Request) -> Result<Response> {
    match request.route_key.as_str() {
        "PUT /customers/{customer}" => {
            let NewCustomer { name } = request.json()?;
            let customer = handlers::register(shop, request.path("customer")?, &name).await?;
            Response::json(201, &customer)
        }
        "POST /customers/{customer}/orders" => {
            let new: NewOrder = request.json()?;
            let (customer, key) = (request.path("customer")?, request.header("idempotency-key")?);
            let order = handlers::place(shop, customer, key, &new).await?;
            Response::json(201, &order)
        }
        "POST /customers/{customer}/orders/{order}/payment" => {
            let Payment { payment_id } = request.json()?;
            let (customer, order) = (request.path("customer")?, request.path("order")?);
            Response::json(200, &handlers::pay(shop, customer, order, &payment_id).await?)
        }
        "GET /customers/{customer}/orders" => {
            let after = request.query_string_parameters.get("after").map(String::as_str);
            let page = handlers::orders(shop, request.path("customer")?, after).await?;
            Response::json(200, &page)
        }
        "GET /sales/{day}" => {
            let day = request.path("day")?.parse();
            let day = day.map_err(|_| Refused::BadRequest("the day is no date".to_owned()))?;
            Response::json(200, &handlers::sales(shop, day).await?)
        }
        "GET /unpaid" => Response::json(200, &handlers::unpaid(shop).await?),
        route => Err(Refused::BadRequest(format!("there is no route `{route}`"))),
    }
}

impl Request {
    fn path(&self, name: &str) -> Result<&str> {
        let found = self.path_parameters.get(name);
        found.map(String::as_str).ok_or_else(|| lacks("parameter of the path", name))
    }

    fn header(&self, name: &str) -> Result<&str> {
        self.headers.get(name).map(String::as_str).ok_or_else(|| lacks("header", name))
    }

    /// The body. The gateway sends one that is not JSON by its content type in base64.
    fn json<T: DeserializeOwned>(&self) -> Result<T> {
        if self.is_base64_encoded {
            let message = "the content type is not `application/json`";
            return Err(Refused::BadRequest(message.to_owned()));
        }
        serde_json::from_str(self.body.as_deref().unwrap_or_default()).map_err(|error| {
            Refused::BadRequest(format!("the body is not as it should be: {error}"))
        })
    }
}

fn lacks(what: &str, name: &str) -> Refused {
    Refused::BadRequest(format!("the request has no {what} `{name}`"))
}

impl Response {
    fn json<T: Serialize>(status_code: u16, value: &T) -> Result<Self> {
        let body = serde_json::to_string(value)
            .map_err(|error| Refused::BadRequest(format!("the answer has no JSON: {error}")))?;
        let headers = HashMap::from([("content-type", "application/json".to_owned())]);
        Ok(Response { status_code, headers, body })
    }

    fn refused(refused: &Refused) -> Self {
        let mut headers = HashMap::from([("content-type", "application/json".to_owned())]);
        if let Refused::TooManyOrders { retry_after } = refused {
            headers.insert("retry-after", retry_after.as_secs().saturating_add(1).to_string());
        }
        let body = serde_json::json!({ "error": refused.to_string() }).to_string();
        Response { status_code: refused.status(), headers, body }
    }
}
