package dev.sluice.gateway.rest.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.deadletter.Selection;
import dev.sluice.gateway.rest.ApiException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActionBodyTest {

  private static ActionBody read(String body) throws IOException {
    return ActionBody.read(
        new ByteArrayInputStream(body.getBytes(UTF_8)), Set.of("to", "topic", "edit"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/filter/state     | {\"filter\": {\"state\": 1}}",
        "/filter/code      | {\"filter\": {\"code\": [\"refused\"]}}",
        "/filter/connector | {\"filter\": {\"connector\": {\"name\": \"out\"}}}",
        "/filter/origin    | {\"filter\": {\"origin\": true}}",
        "/filter/text      | {\"filter\": {\"text\": 4711}}",
        "/filter/since     | {\"filter\": {\"since\": 1.5}}",
        "/filter/since     | {\"filter\": {\"since\": -1}}",
        "/filter/until     | {\"filter\": {\"until\": false}}",
        "/filter/colour    | {\"filter\": {\"colour\": \"red\"}}",
        "/upTo             | {\"filter\": {}, \"upTo\": 7}",
        "/again            | {\"letters\": [\"0:0\"], \"again\": \"yes\"}",
        "/colour           | {\"filter\": {}, \"colour\": \"red\"}",
        "/to               | {\"filter\": {}, \"to\": [\"topic\"]}",
        "/topic            | {\"filter\": {}, \"to\": \"topic\", \"topic\": 7}",
        "/edit             | {\"letters\": [\"0:0\"], \"edit\": \"good\"}",
        "/edit             | {\"letters\": [\"0:0\"], \"edit\": [1]}",
        "/edit/colour      | {\"letters\": [\"0:0\"], \"edit\": {\"colour\": \"red\"}}",
      })
  void refusesWhatItWouldHaveToPassOver(String path, String body) {
    assertThatThrownBy(
            () -> {
              ActionBody action = read(body);
              Selection selection = action.selection();
              var unusedTarget = action.target();
              var unusedEdit = action.edit(selection);
            })
        .isInstanceOfSatisfying(
            ApiException.class,
            refused -> {
              assertThat(refused.status()).isEqualTo(400);
              assertThat(refused.path()).isEqualTo(path);
              assertThat(refused.suggestion()).isNotEmpty();
            });
  }

  @Test
  void takesTimesAsNumbersAndAsTexts() throws IOException {
    Selection.Matching matching =
        (Selection.Matching)
            read("{\"filter\": {\"since\": 1767225600000, \"until\": \"2026-01-02T00:00:00Z\"}}")
                .selection();

    assertThat(matching.filter().since()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
    assertThat(matching.filter().until()).isEqualTo(Instant.parse("2026-01-02T00:00:00Z"));
  }

  @Test
  void whatIsNullIsNotThere() throws IOException {
    Selection.Matching matching =
        (Selection.Matching)
            read("{\"letters\": null, \"filter\": {\"code\": null, \"since\": null}}").selection();

    assertThat(matching.filter().code()).isNull();
    assertThat(matching.filter().since()).isNull();
  }
}
