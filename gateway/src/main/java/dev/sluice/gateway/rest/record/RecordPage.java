package dev.sluice.gateway.rest.record;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Some records and where to go on. */
@Schema(description = "Some records, and where to go on.")
record RecordPage(
    @Schema(description = "By offset within a partition, by timestamp across partitions.")
        List<RecordJson> records,
    @Schema(
            description =
                "Pass it as 'from' to go on, now or later; keep the other parameters. Readable:"
                    + " partition:offset pairs.",
            examples = "0:42,1:17")
        String next) {}
