/**
 * The {@code mqtt} sink: publishes records to an MQTT 5 or 3.1.1 broker, many on their way at once,
 * and waits for the broker's acknowledgement of each.
 */
@NullMarked
package dev.sluice.sink.mqtt;

import org.jspecify.annotations.NullMarked;
