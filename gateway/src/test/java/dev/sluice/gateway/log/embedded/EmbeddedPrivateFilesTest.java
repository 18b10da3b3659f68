package dev.sluice.gateway.log.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.gateway.log.LogException;
import dev.sluice.log.io.FaultyStorage;
import dev.sluice.log.io.Storage;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddedPrivateFilesTest {

  private static final Path DIRECTORY = Path.of("/data/secrets");

  private final FaultyStorage storage = new FaultyStorage(1);
  private final EmbeddedPrivateFiles files = new EmbeddedPrivateFiles(storage, DIRECTORY);

  @BeforeEach
  void letAWriteFail() throws Exception {
    files.write("shop", new byte[] {1});
    storage.failForces(1);
    assertThatThrownBy(() -> files.write("shop", new byte[] {2})).isInstanceOf(LogException.class);
    assertThat(files.names()).containsExactly("shop");
    assertThat(there()).containsExactlyInAnyOrder("shop", "shop.tmp");
  }

  @Test
  void whatAFailedWriteLeftGoesWithTheFile() throws Exception {
    files.delete("shop");
    assertThat(there()).isEmpty();
  }

  @Test
  void whatAFailedWriteLeftGoesWhenItIsTidied() throws Exception {
    files.tidy();
    assertThat(there()).containsExactly("shop");
    assertThat(files.read("shop")).contains(new byte[] {1});
  }

  private List<String> there() throws Exception {
    return storage.list(DIRECTORY).stream().map(Storage.Entry::name).toList();
  }
}
