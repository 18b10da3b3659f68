package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.Unreadable;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What can't be read, as it is answered. */
@Schema(
    name = "Unreadable",
    description =
        "Offsets whose records nobody can decode: a client has sent a batch that is malformed"
            + " inside. Reading goes on behind it. So do reading back and searching where the disk"
            + " is damaged, with 0 as the timestamp. Or, with 'nextOffset' the same as 'offset', a"
            + " partition that is offline, or damaged at this place: reading goes on there once it is"
            + " back.")
record UnreadableJson(
    @Schema(examples = "0") int partition,
    @Schema(description = "The first offset that can't be read.", examples = "41") long offset,
    @Schema(description = "Where reading goes on.", examples = "44") long nextOffset,
    @Schema(
            description = "Milliseconds since the epoch; the batch's largest, as it claims.",
            examples = "1767225600000")
        long timestamp,
    @Schema(description = "What is wrong.") String message) {

  static UnreadableJson of(Unreadable unreadable) {
    return new UnreadableJson(
        unreadable.topicPartition().partition(),
        unreadable.offset(),
        unreadable.nextOffset(),
        unreadable.timestampMillis(),
        unreadable.message());
  }
}
