package dev.sluice.gateway.history;

/**
 * Something that counts on its own from 0, and of which an amount is made up.
 *
 * @param series the amount
 * @param number the topic's partition, or the connector's task
 */
record Counter(Series series, int number) {}
