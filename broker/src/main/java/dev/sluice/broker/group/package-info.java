/**
 * Consumer groups: hosts Kafka's own group coordinator over a topic of ours, {@code
 * __consumer_offsets}. This room gives it a log to write to and to be loaded from, tells it which
 * topics there are, and gives the rest of the broker a small face to groups and their offsets.
 */
@NullMarked
package dev.sluice.broker.group;

import org.jspecify.annotations.NullMarked;
