package dev.sluice.gateway.rest.record;

import jakarta.ws.rs.DefaultValue;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The parameters of a search, as they were sent. */
public final class SearchQuery {

  @Parameter(description = "Only these partitions, with commas between.", example = "0,3")
  @RestQuery
  public @Nullable String partition;

  @Parameter(
      description =
          "Where the range begins: earliest (as without it), latest-N for the last N offsets of each"
              + " partition, milliseconds since the epoch, an ISO-8601 time, or partition:offset"
              + " pairs.",
      example = "latest-10000")
  @RestQuery
  public @Nullable String from;

  @Parameter(
      description =
          "Where it ends: latest (as without it), which is where the topic ends when the search"
              + " begins, milliseconds since the epoch, an ISO-8601 time, or partition:offset pairs;"
              + " what is there is not part of it.",
      example = "2026-01-31T12:00:00Z")
  @RestQuery
  public @Nullable String to;

  @Parameter(description = "Which come first: newest or oldest.", example = "newest")
  @RestQuery
  @DefaultValue("newest")
  public String order = "newest";

  @Parameter(description = "The key is this text.", example = "4711")
  @RestQuery
  public @Nullable String key;

  @Parameter(description = "The key contains this text.", example = "47")
  @RestQuery
  public @Nullable String keyContains;

  @Parameter(
      description =
          "There is a header of this name, or, as name=value, one with this value. May be given"
              + " several times.",
      example = "trace=abc")
  @RestQuery
  public @Nullable List<String> header;

  @Parameter(
      description = "The text is in the key, the value or a header; case matters.",
      example = "4711")
  @RestQuery
  public @Nullable String text;

  @Parameter(
      description =
          "This jq expression about the value gives something other than null, false and nothing.",
      example = ".total > 100")
  @RestQuery
  public @Nullable String jq;

  @Parameter(
      description = "This JSONPath condition about the value holds.",
      example = "$[?(@.total > 100)]")
  @RestQuery
  public @Nullable String jsonpath;

  @Parameter(description = "End after so many matches, up to 10000.")
  @RestQuery
  @DefaultValue("100")
  public String limit = "100";

  @Parameter(description = IsolationParameter.HELP, example = "read_committed")
  @RestQuery
  public @Nullable String isolation;
}
