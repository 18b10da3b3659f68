package dev.sluice.broker.metadata;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.log.partition.AppendResult;
import dev.sluice.log.partition.PartitionLog;
import dev.sluice.log.partition.ReadResult;
import dev.sluice.log.record.LogRecord;
import dev.sluice.log.record.RecordBatch;
import dev.sluice.log.record.RecordBatchBuilder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/**
 * The log of metadata commands: a partition whose records have the command's key as key and the
 * command as JSON as value. Used by one thread at a time.
 */
final class MetadataLog {

  private static final int READ_BYTES = 1 << 20;
  private static final ObjectMapper JSON = JsonMapper.builder().build();

  private final PartitionLog log;
  private final Clock clock;

  MetadataLog(PartitionLog log, Clock clock) {
    this.log = log;
    this.clock = clock;
  }

  /** The state that all commands add up to. */
  MetadataState replay() {
    MetadataState state = MetadataState.EMPTY;
    long offset = log.logStartOffset();
    while (offset < log.highWatermark()) {
      ReadResult read = log.read(offset, READ_BYTES);
      for (RecordBatch batch : read.batches()) {
        for (LogRecord record : batch.records()) {
          state = state.apply(decode(record));
        }
      }
      offset = read.nextOffset();
    }
    return state;
  }

  /** The offset behind the last command. May be asked by any thread. */
  long endOffset() {
    return log.highWatermark();
  }

  /** Appends a command; it is durable when this returns. */
  void append(MetadataCommand command) {
    RecordBatchBuilder builder = new RecordBatchBuilder();
    builder.append(clock.millis(), command.key().getBytes(StandardCharsets.UTF_8), encode(command));
    AppendResult unused = log.appendNow(builder);
  }

  private static byte[] encode(MetadataCommand command) {
    try {
      return JSON.writerFor(MetadataCommand.class).writeValueAsBytes(command);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException("A metadata command can't be written as JSON", impossible);
    }
  }

  private MetadataCommand decode(LogRecord record) {
    byte[] value = record.valueBytes();
    try {
      return JSON.readValue(value == null ? new byte[0] : value, MetadataCommand.class);
    } catch (IOException unknown) {
      throw new IllegalStateException(
          "The metadata log "
              + log.directory()
              + " has something at offset "
              + record.offset()
              + " that this version doesn't understand. Was it written by a newer one?",
          unknown);
    }
  }
}
