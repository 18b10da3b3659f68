package dev.sluice.gateway.rest.deadletter;

import dev.sluice.gateway.deadletter.Filter;
import dev.sluice.gateway.rest.ApiException;
import dev.sluice.gateway.rest.Parameters;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.util.Arrays;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query parameters that choose among letters. */
public final class FilterParameters {

  private static final int MAX_TEXT = 1_000;

  @Parameter(description = "open (as without it), sent, discarded or any.", example = "open")
  @QueryParam("state")
  public @Nullable String state;

  @Parameter(description = "Only with this error.", example = "value-not-json")
  @QueryParam("code")
  public @Nullable String code;

  @Parameter(description = "Only what this connector set aside.", example = "warehouse")
  @QueryParam("connector")
  public @Nullable String connector;

  @Parameter(description = "Only records that were in this topic.", example = "orders")
  @QueryParam("origin")
  public @Nullable String origin;

  @Parameter(
      description = "Only with this text in key, value or message, in whatever case.",
      example = "4711")
  @QueryParam("text")
  public @Nullable String text;

  @Parameter(
      description = "Only set aside since then: milliseconds since the epoch, or an ISO-8601 time.",
      example = "2026-01-31T12:00:00Z")
  @QueryParam("since")
  public @Nullable String since;

  @Parameter(
      description = "Only set aside before then, likewise.",
      example = "2026-01-31T13:00:00Z")
  @QueryParam("until")
  public @Nullable String until;

  /**
   * The filter.
   *
   * @throws ApiException naming the parameter that is wrong
   */
  Filter filter() {
    return filter("", state, code, connector, origin, text, since, until);
  }

  /** The filter of these parts; {@code at} is what stands before their names in errors. */
  static Filter filter(
      String at,
      @Nullable String state,
      @Nullable String code,
      @Nullable String connector,
      @Nullable String origin,
      @Nullable String text,
      @Nullable String since,
      @Nullable String until) {
    return new Filter(
        state(at + "state", state),
        some(at + "code", code),
        some(at + "connector", connector),
        some(at + "origin", origin),
        some(at + "text", text),
        time(at + "since", since),
        time(at + "until", until));
  }

  private static @Nullable String some(String name, @Nullable String given) {
    if (given != null && given.length() > MAX_TEXT) {
      throw ApiException.invalid(
          name, "'" + name + "' is longer than " + MAX_TEXT + " characters.", "Give less.");
    }
    return given == null || given.isEmpty() ? null : given;
  }

  private static Filter.State state(String name, @Nullable String given) {
    if (given == null || given.isEmpty()) {
      return Filter.State.OPEN;
    }
    return Arrays.stream(Filter.State.values())
        .filter(state -> Words.of(state).equals(given))
        .findFirst()
        .orElseThrow(
            () ->
                ApiException.invalid(
                    name, "'" + given + "' is no state.", "Use open, sent, discarded or any."));
  }

  private static @Nullable Instant time(String name, @Nullable String given) {
    if (given == null || given.isEmpty()) {
      return null;
    }
    OptionalLong millis = Parameters.timestampMillis(given);
    if (millis.isEmpty()) {
      throw ApiException.invalid(
          name,
          "'" + given + "' is no time.",
          "Give milliseconds since the epoch, or an ISO-8601 time with its zone.");
    }
    return Instant.ofEpochMilli(millis.getAsLong());
  }
}
