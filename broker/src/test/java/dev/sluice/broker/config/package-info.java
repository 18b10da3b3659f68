/** Tests of settings in Kafka's words. */
@NullMarked
package dev.sluice.broker.config;

import org.jspecify.annotations.NullMarked;
