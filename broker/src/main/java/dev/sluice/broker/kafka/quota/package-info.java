/** The part of Kafka's protocol that sets and shows quotas. */
@NullMarked
package dev.sluice.broker.kafka.quota;

import org.jspecify.annotations.NullMarked;
