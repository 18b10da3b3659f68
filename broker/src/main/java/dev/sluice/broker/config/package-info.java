/**
 * Settings in Kafka's words: which there are, what they mean here, and how they and the topic
 * settings of the metadata stand for each other. Pure functions; what is refused is refused as
 * Kafka's own exceptions, which say what would be right.
 */
@NullMarked
package dev.sluice.broker.config;

import org.jspecify.annotations.NullMarked;
