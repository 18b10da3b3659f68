package dev.sluice.gateway.rest.trial;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.config.ConnectorSpec;
import dev.sluice.gateway.connect.trial.TestResult;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A connection test as it is answered. */
@Schema(name = "ConnectionTestResult", description = "What came of a connection test.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record TestAnswer(
    @Schema(
            description = "What was found, and what was not tested.",
            examples = "[\"PostgreSQL 18.4\", \"wal_level is logical\"]")
        List<String> facts,
    @Schema(description = "Why it failed; absent if it went well.") @Nullable TrialError error,
    @Schema(description = "How long it took, in milliseconds.") long tookMillis) {

  static TestAnswer of(TestResult result, ConnectorSpec spec) {
    return switch (result) {
      case TestResult.Passed passed ->
          new TestAnswer(passed.facts(), null, passed.took().toMillis());
      case TestResult.Failed failed ->
          new TestAnswer(List.of(), TrialError.of(failed.error(), spec), failed.took().toMillis());
    };
  }
}
