package dev.sluice.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.metadata.ClusterMetadata;
import dev.sluice.broker.metadata.MetadataCommand;
import dev.sluice.broker.metadata.MetadataState;
import dev.sluice.broker.metadata.TopicConfig;
import dev.sluice.broker.topic.TopicIds;
import dev.sluice.log.io.FaultyStorage;
import java.util.Objects;
import java.util.UUID;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.image.TopicImage;
import org.junit.jupiter.api.Test;

class TopicFeedTest {

  private final TopicFeed feed = new TopicFeed();

  @Test
  void topicsComeGrowAreReplacedAndGo() {
    try (TestGroups test = TestGroups.open(new FaultyStorage(1))) {
      ClusterMetadata metadata = test.broker.metadata();
      UUID first = UUID.randomUUID();
      UUID second = UUID.randomUUID();

      TopicFeed.Step created = feed.advance(put(metadata, first, 1));
      assertThat(topic(created).id()).isEqualTo(TopicIds.toKafka(first));
      assertThat(Objects.requireNonNull(created.delta().topicsDelta()).createdTopicIds())
          .contains(TopicIds.toKafka(first));

      TopicFeed.Step grown = feed.advance(put(metadata, first, 3));
      assertThat(topic(grown).partitions()).containsOnlyKeys(0, 1, 2);
      assertThat(topic(grown).partitions().values())
          .allSatisfy(partition -> assertThat(partition.leader).isEqualTo(1));
      assertThat(grown.deleted()).isEmpty();
      assertThat(grown.image().offset()).isGreaterThan(created.image().offset());

      TopicFeed.Step replaced = feed.advance(put(metadata, second, 1));
      assertThat(topic(replaced).id()).isEqualTo(TopicIds.toKafka(second));
      assertThat(replaced.deleted())
          .containsExactly(
              new TopicPartition("t", 0), new TopicPartition("t", 1), new TopicPartition("t", 2));

      TopicFeed.Step gone =
          feed.advance(metadata.change(new MetadataCommand.RemoveTopic("t", second)));
      assertThat(gone.image().topics().getTopic("t")).isNull();
      assertThat(gone.image().topics().getTopic("orders")).isNotNull();
      assertThat(gone.deleted()).containsExactly(new TopicPartition("t", 0));

      TopicFeed.Step nothing = feed.advance(metadata.state());
      assertThat(nothing.delta().topicsDelta()).isNull();
    }
  }

  private static MetadataState put(ClusterMetadata metadata, UUID id, int partitions) {
    return metadata.change(new MetadataCommand.PutTopic("t", id, partitions, TopicConfig.FOREVER));
  }

  private static TopicImage topic(TopicFeed.Step step) {
    return Objects.requireNonNull(step.image().topics().getTopic("t"));
  }
}
