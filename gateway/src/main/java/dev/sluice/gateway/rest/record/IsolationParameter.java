package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.Records;
import dev.sluice.gateway.rest.ApiException;
import org.jspecify.annotations.Nullable;

/** The parameter {@code isolation}; its values are those of Kafka's clients. */
final class IsolationParameter {

  static final String HELP =
      "read_committed (as without it) shows neither records of open and aborted transactions nor"
          + " what is behind the start of an open one; read_uncommitted shows them all.";

  private IsolationParameter() {}

  /**
   * The records as they are to be seen.
   *
   * @throws ApiException if there is no such isolation
   */
  static Records view(Records records, @Nullable String isolation) {
    return switch (isolation) {
      case null -> records;
      case "", "read_committed" -> records;
      case "read_uncommitted" -> records.uncommitted();
      default ->
          throw ApiException.invalid(
              "isolation",
              "'" + isolation + "' is no isolation.",
              "Use read_committed or read_uncommitted.");
    };
  }
}
