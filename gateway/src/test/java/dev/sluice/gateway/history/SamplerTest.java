package dev.sluice.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.gateway.log.InMemoryLog;
import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import dev.sluice.gateway.log.TopicPartition;
import dev.sluice.gateway.log.TopicSettings;
import dev.sluice.gateway.log.Topics;
import dev.sluice.gateway.rest.FakeConnectors;
import java.util.AbstractList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SamplerTest {

  private static final int PARTITIONS = 1_000;

  private final InMemoryLog log = new InMemoryLog();
  private int looks;

  @Test
  void eachPartitionIsLookedAtAFewTimesHoweverManyAreRead() {
    Map<TopicPartition, Long> committed = new HashMap<>();
    for (int i = 0; i < PARTITIONS; i++) {
      committed.put(new TopicPartition("orders", i), 0L);
    }
    log.groups().commit("readers", committed);
    Sampler sampler =
        new Sampler(
            new OneTopic(counted()), new FakeConnectors(), log.groups(), Optional::empty, 10_000);
    Look look = sampler.look(1);
    assertThat(look.gauges()).containsEntry(Series.lag("readers", "orders", PARTITIONS - 1), 5L);
    assertThat(looks).isLessThan(20 * PARTITIONS);
  }

  private TopicDescription counted() {
    List<PartitionDescription> partitions =
        new AbstractList<>() {
          @Override
          public PartitionDescription get(int partition) {
            looks++;
            return new PartitionDescription(partition, 0, 5, 100, null);
          }

          @Override
          public int size() {
            return PARTITIONS;
          }
        };
    return new TopicDescription("orders", TopicSettings.DEFAULT, partitions);
  }

  /** There is one topic. */
  private record OneTopic(TopicDescription topic) implements Topics {

    @Override
    public List<TopicDescription> list() {
      return List.of(topic);
    }

    @Override
    public Optional<TopicDescription> find(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int partitionCount(String name) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TopicDescription create(String name, int count, TopicSettings settings) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TopicDescription update(String name, int count, TopicSettings settings) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String name) {
      throw new UnsupportedOperationException();
    }
  }
}
