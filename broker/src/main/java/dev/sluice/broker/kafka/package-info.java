/**
 * Kafka's wire protocol: listeners, connections, and one small handler for each API in a package
 * per area beneath. The bytes are read and written by kafka-clients' message classes; what a
 * request means is decided in the rooms beside this one.
 */
@NullMarked
package dev.sluice.broker.kafka;

import org.jspecify.annotations.NullMarked;
