package dev.sluice.gateway.rest.deadletter;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which letters are meant, as requests say it: either by name, or by a filter. */
@Schema(
    name = "DeadLetterSelection",
    description = "Which letters: either 'letters' or 'filter', not both.")
record SelectionJson(
    @Schema(description = "Their ids, up to 1000.", examples = "[\"0:12\"]")
        @Nullable List<String> letters,
    @Schema(description = "Named letters also if they have been dealt with.")
        @Nullable Boolean again,
    @Schema(description = "All that it takes; {} for all open ones.") @Nullable FilterJson filter,
    @Schema(
            description = "With 'filter': only letters before this; from the count of them.",
            examples = "0:42,1:17")
        @Nullable String upTo) {

  /** A filter in a body. */
  @Schema(name = "DeadLetterFilter", description = "As the query parameters of the list.")
  record FilterJson(
      @Nullable String state,
      @Nullable String code,
      @Nullable String connector,
      @Nullable String origin,
      @Nullable String text,
      @Nullable String since,
      @Nullable String until) {}
}
