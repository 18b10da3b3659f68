/** Who may do what: users and their proofs, and access rules with Kafka's meaning. */
@NullMarked
package dev.sluice.broker.security;

import org.jspecify.annotations.NullMarked;
