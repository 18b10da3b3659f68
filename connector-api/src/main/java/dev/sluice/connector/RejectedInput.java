package dev.sluice.connector;

import java.util.Map;

/**
 * Input that a source could not turn into a record; kept whole in the dead-letter topic.
 *
 * @param raw the input as it was read
 * @param error what is wrong with it, of category {@link ErrorCategory#DATA}
 * @param place where it stood, such as {@code file} and {@code line}; each entry becomes a header
 *     of the dead letter
 */
public record RejectedInput(byte[] raw, ConnectorException error, Map<String, String> place) {}
