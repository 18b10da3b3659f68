package dev.sluice.broker.group;

/**
 * A group in a list.
 *
 * @param name its name
 * @param type {@code classic}, {@code consumer} (KIP-848) and so on, as Kafka names them
 * @param protocolType {@code consumer} for consumers; empty if it has only ever committed offsets
 * @param state {@code Empty}, {@code Stable} and so on, as Kafka names them
 */
public record GroupOverview(String name, String type, String protocolType, String state) {}
