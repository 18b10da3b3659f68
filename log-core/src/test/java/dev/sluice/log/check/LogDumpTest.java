package dev.sluice.log.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.log.record.BatchLayout;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogDumpTest {

  private final WrittenPartition partition = new WrittenPartition(60);

  @Test
  void printsEachBatchOnALine() throws Exception {
    partition.change(
        0,
        1,
        batch ->
            batch
                .putLong(BatchLayout.PRODUCER_ID, 77)
                .putShort(BatchLayout.PRODUCER_EPOCH, (short) 3)
                .putInt(BatchLayout.BASE_SEQUENCE, 5)
                .putShort(BatchLayout.ATTRIBUTES, (short) 0x31));
    List<String> lines = dump(DumpOptions.BATCHES);

    assertThat(lines).filteredOn(line -> line.startsWith("  offsets ")).hasSize(60);
    assertThat(lines.getFirst()).startsWith("/data/t-0/00000000000000000000.log, ");
    assertThat(lines.get(1))
        .startsWith("  offsets 0 to 0 at byte 0, ")
        .contains(", 1 records, CRC ok, none, created 1970-01-01T00:00:01.")
        .endsWith("Z, epoch 0");
    assertThat(lines.get(2))
        .contains("gzip")
        .endsWith(", producer 77 epoch 3 sequence 5, transactional, control");
  }

  @Test
  void printsRecordsFromAnOffsetUpToALimit() throws Exception {
    List<String> lines = dump(new DumpOptions(true, false, 4, 3, 20));
    assertThat(lines)
        .filteredOn(line -> line.startsWith("    "))
        .hasSize(3)
        .allMatch(line -> line.contains(" key \"k") && line.contains(" bytes)"));
    assertThat(lines.get(2)).startsWith("    4 1970-01-01T00:00:0");
  }

  @Test
  void segmentsBeforeTheOffsetAreNotRead() throws Exception {
    long last = partition.segments().last();
    List<String> lines = dump(new DumpOptions(false, true, last, Long.MAX_VALUE, 20));
    assertThat(lines.getFirst()).startsWith(partition.file(last, ".log").toString());
    assertThat(lines).anyMatch(line -> line.endsWith(".timeindex"));
    assertThat(lines).anyMatch(line -> line.startsWith("  offset ") && line.contains(" at byte "));
    assertThat(lines).anyMatch(line -> line.contains(" up to offset "));
  }

  @Test
  void damageIsPrintedWhereItIs() throws Exception {
    partition.storage.rot(partition.file(0, ".log"), 80, 1);
    assertThat(dump(DumpOptions.BATCHES).get(1)).contains("CRC WRONG");
    assertThat(dump(new DumpOptions(true, false, 0, 9, 9)).get(1)).contains("CRC WRONG");
    partition.storage.rot(partition.file(0, ".log"), BatchLayout.MAGIC, 1);
    assertThat(dump(DumpOptions.BATCHES).get(1)).contains("at byte 0: a batch of format version 3");
  }

  @Test
  void filesOfOtherKindsAreRefused() throws Exception {
    LogDump dump = new LogDump(partition.storage, DumpOptions.BATCHES, new StringBuilder());
    dump.file(partition.file(0, ".index"));
    assertThatThrownBy(() -> dump.file(Path.of("/data/t-0/partition.checkpoint")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> dump.file(Path.of("/data/t-0/9.log"))).isInstanceOf(IOException.class);
  }

  @Test
  void fieldsAreTextIfTheyCanBe() {
    assertThat(FieldText.of(null, 9)).isEqualTo("null");
    assertThat(text("", 9)).isEqualTo("\"\"");
    assertThat(text("grün \"q\"\n", 99)).isEqualTo("\"grün \\\"q\\\"\\n\"");
    assertThat(text("grün", 3)).isEqualTo("\"gr\"… (5 bytes)");
    assertThat(text("a\u001b[2J", 9)).isEqualTo("0x611b5b324a");
    assertThat(text("a\u202eb", 9)).isEqualTo("0x61e280ae62");
    assertThat(FieldText.of(ByteBuffer.wrap(new byte[] {(byte) 0xff, 1, 2}), 2))
        .isEqualTo("0xff01… (3 bytes)");
  }

  private static String text(String text, int maxBytes) {
    return FieldText.of(ByteBuffer.wrap(text.getBytes(UTF_8)), maxBytes);
  }

  private List<String> dump(DumpOptions options) throws IOException {
    StringBuilder out = new StringBuilder();
    new LogDump(partition.storage, options, out).partition(partition.directory);
    return out.toString().lines().toList();
  }
}
