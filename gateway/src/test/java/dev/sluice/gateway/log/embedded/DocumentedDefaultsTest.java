package dev.sluice.gateway.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.connector.Units;
import dev.sluice.gateway.config.ConfigSchema;
import dev.sluice.log.compaction.Compaction;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.partition.PartitionSettings;
import dev.sluice.log.record.TimestampType;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** The defaults are the log's; what the schema says of them has to stay true. */
class DocumentedDefaultsTest {

  private static final PartitionSettings LOG = PartitionSettings.DEFAULT;

  @Test
  void theSchemaTellsTheLogsDefaults() throws IOException {
    assertThat(description("segments", "properties/size"))
        .contains(Units.formatSize(LOG.segmentBytes()) + " unless set");
    assertThat(description("segments", "properties/age"))
        .contains(Units.format(LOG.segmentAge()) + " unless set");
    assertThat(description("limits", "properties/batch"))
        .contains(Units.formatSize(LOG.maxBatchBytes()) + " unless set");
    assertThat(description("compact", "then/properties/tombstones"))
        .contains(Units.format(Compaction.DEFAULT.tombstoneGrace()) + " unless set");
    assertThat(description("compact", "then/properties/dirty-ratio"))
        .contains(Compaction.DEFAULT.minDirtyRatio() + " unless set");
    assertThat(Compaction.DEFAULT.minLag()).isZero();
    assertThat(LOG.flush().mode()).isEqualTo(FlushMode.ACK);
    assertThat(LOG.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
  }

  private static String description(String setting, String path) throws IOException {
    try (InputStream in = ConfigSchema.class.getResourceAsStream("gateway.schema.json")) {
      JsonNode topic = new ObjectMapper().readTree(in).at("/$defs/topic/properties");
      return topic.path(setting).at("/" + path + "/description").asText();
    }
  }
}
