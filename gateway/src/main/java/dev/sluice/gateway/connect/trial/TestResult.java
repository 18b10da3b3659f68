package dev.sluice.gateway.connect.trial;

import dev.sluice.connector.ConnectorException;
import java.time.Duration;
import java.util.List;

/** What came of a connection test. */
public sealed interface TestResult {

  /** How long it took. */
  Duration took();

  /**
   * It went well.
   *
   * @param facts what was found, and what was not tested
   */
  record Passed(List<String> facts, Duration took) implements TestResult {}

  /** It did not. */
  record Failed(ConnectorException error, Duration took) implements TestResult {}
}
