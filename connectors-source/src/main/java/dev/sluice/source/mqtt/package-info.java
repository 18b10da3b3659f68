/**
 * MQTT brokers as sources. A {@link dev.sluice.source.mqtt.Broker} hides the two versions of the
 * protocol; the task takes messages from it and acknowledges each to the broker only once it is
 * durable.
 */
@NullMarked
package dev.sluice.source.mqtt;

import org.jspecify.annotations.NullMarked;
