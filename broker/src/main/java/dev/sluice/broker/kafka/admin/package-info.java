/**
 * The administration of topics and settings over Kafka's protocol: a handler for each API. What is
 * about replicas elsewhere is answered as a cluster of one broker answers it.
 */
@NullMarked
package dev.sluice.broker.kafka.admin;

import org.jspecify.annotations.NullMarked;
