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
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** The defaults are the log's; what the schema says of them has to stay true. */
class DocumentedDefaultsTest {

  private static final PartitionSettings LOG = PartitionSettings.DEFAULT;

  @Test
  void theSchemaTellsTheLogsDefaults() throws IOException {
    assertThat(told("segments/properties/size")).isEqualTo(Units.formatSize(LOG.segmentBytes()));
    assertThat(told("segments/properties/age")).isEqualTo(Units.format(LOG.segmentAge()));
    assertThat(told("limits/properties/batch")).isEqualTo(Units.formatSize(LOG.maxBatchBytes()));
    assertThat(told("compact/then/properties/tombstones"))
        .isEqualTo(Units.format(Compaction.DEFAULT.tombstoneGrace()));
    assertThat(told("compact/then/properties/dirty-ratio"))
        .isEqualTo(String.valueOf(Compaction.DEFAULT.minDirtyRatio()));
    assertThat(Units.duration(told("compact/then/properties/min-lag")))
        .isEqualTo(Compaction.DEFAULT.minLag());
    assertThat(FlushMode.valueOf(told("flush").toUpperCase(Locale.ROOT)))
        .isEqualTo(LOG.flush().mode());
    assertThat(TimestampType.valueOf(told("timestamps").toUpperCase(Locale.ROOT) + "_TIME"))
        .isEqualTo(LOG.timestampType());
  }

  private static String told(String path) throws IOException {
    try (InputStream in = ConfigSchema.class.getResourceAsStream("gateway.schema.json")) {
      JsonNode topic = new ObjectMapper().readTree(in).at("/$defs/topic/properties");
      return topic.at("/" + path + "/x-unless-set").asText();
    }
  }
}
