package dev.sluice.gateway.rest.trial;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.gateway.config.ConnectorSpec;
import java.util.List;

/**
 * Reads the declaration of a connector that may not exist. Thread-safe; starts and keeps nothing.
 */
public interface DraftReader {

  /**
   * Reads a declaration.
   *
   * @param name what the connector is or would be called; may be one that exists
   * @param spec what would stand under its name
   */
  Read read(String name, JsonNode spec);

  /** What came of it. */
  sealed interface Read {

    /**
     * There is nothing wrong with it.
     *
     * @param spec resolved; contains secrets
     */
    record Right(ConnectorSpec spec) implements Read {}

    /**
     * It can't be used.
     *
     * @param mistakes at least one
     */
    record Wrong(List<Mistake> mistakes) implements Read {}
  }

  /**
   * Something that is wrong; no secrets in it.
   *
   * @param path a JSON pointer into the declaration
   * @param suggestion what to do; may be empty
   */
  record Mistake(String path, String message, String suggestion) {}
}
