/** Kafka Streams under exactly-once, with broker and application killed. */
@NullMarked
package dev.sluice.compat.streams;

import org.jspecify.annotations.NullMarked;
