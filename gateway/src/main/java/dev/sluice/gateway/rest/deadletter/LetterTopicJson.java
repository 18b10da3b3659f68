package dev.sluice.gateway.rest.deadletter;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sluice.gateway.deadletter.Letters.TopicOfLetters;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A topic of dead letters as it is answered. */
@Schema(name = "DeadLetterTopic", description = "A topic of dead letters.")
@JsonInclude(JsonInclude.Include.NON_NULL)
record LetterTopicJson(
    @Schema(examples = "warehouse.dead-letters") String name,
    @Schema(description = "Who has set records aside here, or is to.") List<String> connectors,
    @Schema(description = "Letters that have not been dealt with.", examples = "12") long open,
    @Schema(description = "Letters that were sent again.", examples = "3") long sent,
    @Schema(description = "Letters that were discarded.", examples = "0") long discarded,
    @Schema(description = "Open letters by error, the most frequent first.")
        List<ErrorCount> errors,
    @Schema(description = "When the oldest open letter was set aside, if that was written down.")
        @Nullable Instant oldest,
    @Schema(description = "When the newest open letter was.") @Nullable Instant newest,
    @Schema(
            description =
                "Whether all letters were counted. If not there are at least so many: ask again, or"
                    + " there are more than the gateway counts.")
        boolean complete,
    @Schema(description = "Why the topic can't be read, if so.") @Nullable String unreadable) {

  /** How many letters have an error. */
  @Schema(name = "DeadLetterErrorCount", description = "How many open letters have this error.")
  record ErrorCount(
      @Schema(description = "The error's code.", examples = "value-not-json") String code,
      @Schema(examples = "12") long count) {}

  static LetterTopicJson of(TopicOfLetters topic) {
    return new LetterTopicJson(
        topic.name(),
        topic.connectors(),
        topic.open(),
        topic.sent(),
        topic.discarded(),
        topic.byCode().entrySet().stream()
            .sorted((a, b) -> Long.compare(b.getValue(), a.getValue()))
            .map(entry -> new ErrorCount(entry.getKey(), entry.getValue()))
            .toList(),
        topic.oldest(),
        topic.newest(),
        topic.isComplete(),
        topic.unreadable());
  }
}
