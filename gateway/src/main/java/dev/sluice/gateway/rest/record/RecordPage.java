package dev.sluice.gateway.rest.record;

import dev.sluice.gateway.log.Entry;
import dev.sluice.gateway.log.StoredRecord;
import dev.sluice.gateway.log.Unreadable;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some records and where to go on. */
@Schema(description = "Some records, and where to go on.")
record RecordPage(
    @Schema(description = "By offset within a partition, by timestamp across partitions.")
        List<RecordJson> records,
    @Schema(
            description =
                "What lies among the records and can't be decoded; mostly empty. Counts for the"
                    + " limit.")
        List<UnreadableJson> unreadable,
    @Schema(
            description =
                "Pass it as 'from' to go on, now or later; keep the other parameters. Readable:"
                    + " partition:offset pairs.",
            examples = "0:42,1:17")
        String next) {

  static RecordPage of(TimestampMerge.Batch batch) {
    List<RecordJson> records = new ArrayList<>();
    List<UnreadableJson> unreadable = new ArrayList<>();
    for (Entry entry : batch.entries()) {
      switch (entry) {
        case StoredRecord stored -> records.add(RecordJson.of(stored));
        case Unreadable place -> unreadable.add(UnreadableJson.of(place));
      }
    }
    return new RecordPage(records, unreadable, batch.next().toString());
  }
}
