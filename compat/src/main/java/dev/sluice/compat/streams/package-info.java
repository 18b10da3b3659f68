/** A Kafka Streams application that keeps state in three ways, and says what it must come to. */
@NullMarked
package dev.sluice.compat.streams;

import org.jspecify.annotations.NullMarked;
