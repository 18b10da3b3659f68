package dev.sluice.source.mqtt;

import dev.sluice.connector.Header;
import java.util.List;

/**
 * A message as it came.
 *
 * @param retained whether it is an old one that the broker keeps for new subscribers
 * @param properties the content type and user properties; MQTT 5 only
 * @param acknowledgement tells the broker that it was received; does nothing for quality of service
 *     0
 */
record Message(
    String topic,
    byte[] payload,
    boolean retained,
    List<Header> properties,
    Runnable acknowledgement) {}
