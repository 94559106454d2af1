//! InitProducerId: an id for a producer whose repeated batches are to be noticed.

use super::ApiSpec;
use crate::broker::Broker;

pub(super) const SPEC: ApiSpec =
    ApiSpec { key: 22, name: "InitProducerId", doc: "Gives an idempotent producer its id and epoch." };

/// The producer's id and epoch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InitProducerIdResponse {
    /// The id.
    pub producer_id: i64,
    /// The epoch, 0 for a new id.
    pub epoch: i16,
}

pub(super) fn handle(broker: &mut Broker) -> InitProducerIdResponse {
    let producer_id = broker.next_producer_id;
    broker.next_producer_id += 1;
    InitProducerIdResponse { producer_id, epoch: 0 }
}
