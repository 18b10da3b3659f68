package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.Unreadable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some records and where to go on. */
@Schema(description = "Some records, and where to go on.")
record RecordPage(
    @Schema(
            description =
                "By offset within a partition, by timestamp across partitions; with 'before' the"
                    + " other way round.")
        List<RecordJson> records,
    @Schema(
            description =
                "What lies among the records and can't be decoded, which counts for the limit; and"
                    + " partitions that are offline. Mostly empty.")
        List<UnreadableJson> unreadable,
    @Schema(
            description =
                "Pass it as 'from' to go on, now or later, or as 'before' to go on reading back; keep"
                    + " the other parameters. Readable: partition:offset pairs, or partition@time while a partition"
                    + " that is to be read from a time on is offline.",
            examples = "0:42,1:17")
        String next) {

  /**
   * The answer.
   *
   * @param form of each record
   */
  static RecordPage of(TimestampMerge.Batch batch, Function<StoredRecord, RecordJson> form) {
    List<RecordJson> records = new ArrayList<>();
    List<UnreadableJson> unreadable = new ArrayList<>();
    for (Entry entry : batch.entries()) {
      switch (entry) {
        case StoredRecord stored -> records.add(form.apply(stored));
        case Unreadable place -> unreadable.add(UnreadableJson.of(place));
      }
    }
    batch.offline().forEach(place -> unreadable.add(UnreadableJson.of(place)));
    return new RecordPage(records, unreadable, batch.next().toString());
  }
}
