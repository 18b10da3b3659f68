package dev.sluice.gateway.metrics;

import dev.sluice.gateway.log.TopicDescription;
import dev.sluice.gateway.log.TopicDescription.PartitionDescription;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The meters of one topic. */
record TopicMeters(String topic, boolean internal) {

  List<Meter> register(MeterRegistry registry, Supplier<Snapshot> now, TopicTraffic traffic) {
    Tags tags = Tags.of("topic", topic, "internal", Boolean.toString(internal));
    return List.of(
        FunctionCounter.builder(
                "sluice.topic.records.appended",
                now,
                look -> sum(look, PartitionDescription::endOffset))
            .description("Records ever appended, as the end offsets say")
            .tags(tags)
            .register(registry),
        gauge("sluice.topic.records", now, p -> p.endOffset() - p.startOffset())
            .description("Records that can be read")
            .tags(tags)
            .register(registry),
        gauge("sluice.topic.size", now, PartitionDescription::sizeBytes)
            .description("Size on disk")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry),
        gauge("sluice.topic.partitions", now, p -> 1)
            .description("Partitions")
            .tags(tags)
            .register(registry),
        gauge("sluice.topic.partitions.offline", now, p -> p.offlineReason() == null ? 0 : 1)
            .description("Partitions that can be neither read nor written")
            .tags(tags)
            .register(registry),
        FunctionCounter.builder(
                "sluice.topic.in.records", traffic, t -> t.of(topic).recordsIn.sum())
            .description("Records written through this process since it started")
            .tags(tags)
            .register(registry),
        FunctionCounter.builder("sluice.topic.in", traffic, t -> t.of(topic).bytesIn.sum())
            .description("Bytes written through this process since it started")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry),
        FunctionCounter.builder(
                "sluice.topic.out.records", traffic, t -> t.of(topic).recordsOut.sum())
            .description("Records read through this process since it started")
            .tags(tags)
            .register(registry),
        FunctionCounter.builder("sluice.topic.out", traffic, t -> t.of(topic).bytesOut.sum())
            .description("Bytes read through this process since it started")
            .baseUnit("bytes")
            .tags(tags)
            .register(registry));
  }

  private Gauge.Builder<Supplier<Snapshot>> gauge(
      String name, Supplier<Snapshot> now, ToLongFunction<PartitionDescription> number) {
    return Gauge.builder(name, now, look -> sum(look, number));
  }

  private long sum(Supplier<Snapshot> look, ToLongFunction<PartitionDescription> number) {
    TopicDescription found = look.get().topics().get(topic);
    return found == null ? 0 : found.partitions().stream().mapToLong(number).sum();
  }
}
