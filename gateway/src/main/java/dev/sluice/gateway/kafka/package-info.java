/**
 * Kafka's protocol as part of the gateway: listeners from the configuration, their meters, and
 * where clients find them. Besides {@code boot} and the embedded log, only this room knows the
 * broker.
 */
@NullMarked
package dev.sluice.gateway.kafka;

import org.jspecify.annotations.NullMarked;
