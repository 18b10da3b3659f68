/**
 * The part of Kafka's protocol that is about who clients are and what they may do: SASL, users'
 * credentials, access control lists; and TLS beneath it.
 */
@NullMarked
package dev.sluice.broker.kafka.security;

import org.jspecify.annotations.NullMarked;
