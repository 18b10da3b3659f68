package dev.sluice.compat.transactions;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.record.FileRecords;
import org.apache.kafka.common.record.Record;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;

/** Reads from the files of a dead broker how far its transactions had come. */
final class StatesAtDeath {

  private StatesAtDeath() {}

  /** The state of each transactional id. */
  static List<TransactionState> read(Path data) throws IOException {
    Map<ByteBuffer, TransactionState> states = new HashMap<>();
    try (Stream<Path> folders = Files.list(data)) {
      for (Path folder :
          folders
              .filter(path -> path.getFileName().toString().startsWith("__transaction_state-"))
              .toList()) {
        try (Stream<Path> files = Files.list(folder)) {
          for (Path log :
              files.filter(path -> path.toString().endsWith(".log")).sorted().toList()) {
            readLog(log, states);
          }
        }
      }
    }
    return new ArrayList<>(states.values());
  }

  private static void readLog(Path log, Map<ByteBuffer, TransactionState> states)
      throws IOException {
    try (FileRecords records = FileRecords.open(log.toFile(), false)) {
      for (Record record : records.records()) {
        if (record.hasValue()) {
          ByteBuffer value = record.value();
          short version = value.getShort();
          TransactionLogValue state =
              new TransactionLogValue(new ByteBufferAccessor(value), version);
          states.put(record.key(), TransactionState.fromId(state.transactionStatus()));
        }
      }
    }
  }
}
