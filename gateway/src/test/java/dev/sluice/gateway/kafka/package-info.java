/** Kafka's clients against the gateway's listeners. */
@NullMarked
package dev.sluice.gateway.kafka;

import org.jspecify.annotations.NullMarked;
