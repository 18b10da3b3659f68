/** Tests of SASL's steps. */
@NullMarked
package dev.sluice.broker.kafka.security;

import org.jspecify.annotations.NullMarked;
