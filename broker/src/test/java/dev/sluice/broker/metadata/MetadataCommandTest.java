package dev.sluice.broker.metadata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.log.flush.FlushMode;
import dev.sluice.log.record.TimestampType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The form of the metadata log's commands is a promise to data directories that are out there. */
class MetadataCommandTest {

  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final UUID ID = UUID.fromString("5f0bd6cc-5fd5-4b4b-9c52-06ed2ae0a1a2");

  @Test
  void whatAnEarlierVersionWroteIsRead() throws JsonProcessingException {
    assertThat(read(put("\"retentionMillis\":604800000,\"retentionBytes\":null")).config())
        .isEqualTo(new TopicConfig(604_800_000L, null));
    assertThat(read(put("\"retentionMillis\":null,\"retentionBytes\":null")).config())
        .isEqualTo(TopicConfig.FOREVER);
    assertThat(read(put("")).config()).isEqualTo(TopicConfig.FOREVER);
  }

  @Test
  void whatALaterVersionMayHaveWrittenIsRefused() {
    assertThatThrownBy(() -> read(put("\"replication\":3")))
        .isInstanceOf(UnrecognizedPropertyException.class);
    assertThatThrownBy(() -> read(put("\"segments\":{\"jitter\":3}")))
        .isInstanceOf(UnrecognizedPropertyException.class);
  }

  @Test
  void onlyWhatIsSetIsWritten() throws JsonProcessingException {
    assertThat(write(TopicConfig.FOREVER)).isEqualTo(put(""));
    TopicConfig everything =
        new TopicConfig(
            1L,
            2L,
            List.of(),
            new CompactionConfig(0.3, 1L, 2L, 3L),
            new FlushConfig(FlushMode.INTERVAL, 4L),
            TimestampType.APPEND_TIME,
            5,
            new SegmentConfig(6, null));
    assertThat(write(everything))
        .isEqualTo(
            put(
                "\"retentionMillis\":1,\"retentionBytes\":2,\"consumedBy\":[],\"compaction\":"
                    + "{\"minDirtyRatio\":0.3,\"minLagMillis\":1,\"maxLagMillis\":2,"
                    + "\"tombstoneGraceMillis\":3},\"flush\":{\"mode\":\"INTERVAL\","
                    + "\"intervalMillis\":4},\"timestamps\":\"APPEND_TIME\",\"maxBatchBytes\":5,"
                    + "\"segments\":{\"maxBytes\":6}"));
    assertThat(read(write(everything)).config()).isEqualTo(everything);
  }

  @Test
  void whatKafkasClientsHaveSetIsWrittenInTheirWords() throws JsonProcessingException {
    TopicConfig noted =
        new TopicConfig(
            null, null, null, null, null, null, null, null, Map.of("retention.ms", "5", "a", ""));
    assertThat(write(noted)).isEqualTo(put("\"noted\":{\"a\":\"\",\"retention.ms\":\"5\"}"));
    assertThat(read(write(noted)).config()).isEqualTo(noted);
  }

  @Test
  void settingsOfGroupsAreWrittenAndRead() throws JsonProcessingException {
    String json = "{\"type\":\"put-group-settings\",\"group\":\"g\",\"settings\":{\"a.ms\":\"1\"}}";
    MetadataCommand command = new MetadataCommand.PutGroupSettings("g", Map.of("a.ms", "1"));
    assertThat(JSON.writerFor(MetadataCommand.class).writeValueAsString(command)).isEqualTo(json);
    assertThat(JSON.readValue(json, MetadataCommand.class)).isEqualTo(command);
  }

  private static String put(String config) {
    return "{\"type\":\"put-topic\",\"name\":\"t\",\"id\":\"%s\",\"partitions\":1,\"config\":{%s}}"
        .formatted(ID, config);
  }

  private static MetadataCommand.PutTopic read(String json) throws JsonProcessingException {
    return (MetadataCommand.PutTopic) JSON.readValue(json, MetadataCommand.class);
  }

  private static String write(TopicConfig config) throws JsonProcessingException {
    return JSON.writerFor(MetadataCommand.class)
        .writeValueAsString(new MetadataCommand.PutTopic("t", ID, 1, config));
  }
}
