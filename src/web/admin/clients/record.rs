//! `GET /admin/clients/{id}/record.json`: everything on file about one person,
//! for them to keep.

use std::sync::Arc;

use axum::{
    extract::{Path, State},
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};

use super::id_of;
use crate::{
    clients::record,
    web::{Web, http::error::Error},
};

pub async fn show(State(web): State<Arc<Web>>, Path(id): Path<String>) -> Result<Response, Error> {
    let id = id_of(&id)?;
    let record = record::of(&web.app(), id).await?;
    let file = serde_json::to_string_pretty(&record).map_err(|error| Error::Internal(error.to_string()))?;
    // No name: where it lies, others may see what it is called.
    let name = HeaderValue::from_str(&format!("attachment; filename=\"client-{id}.json\""))
        .map_err(|error| Error::Internal(error.to_string()))?;
    let kind = HeaderValue::from_static("application/json");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], file).into_response())
}
