package dev.sluice.gateway.connect.value;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.connector.ConnectorException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {

  private static @Nullable Object decode(String text) {
    return Values.decode(text.getBytes(UTF_8));
  }

  private static @Nullable String stored(@Nullable Object value) {
    byte[] bytes = Values.bytes(value);
    return bytes == null ? null : new String(bytes, UTF_8);
  }

  @Test
  void storesBytesAndTextAsTheyAreAndTheRestAsJson() {
    byte[] bytes = {1, 2};
    assertThat(Values.bytes(bytes)).isSameAs(bytes);
    assertThat(stored("é")).isEqualTo("é");
    assertThat(stored(true)).isEqualTo("true");
    assertThat(stored(new BigDecimal("1.50"))).isEqualTo("1.50");
    assertThat(stored(Arrays.asList(1, null, "x"))).isEqualTo("[1,null,\"x\"]");
    assertThat(stored(Map.of("b", new byte[] {0}))).isEqualTo("{\"b\":\"AA==\"}");
    assertThat(Values.bytes(null)).isNull();
  }

  @Test
  void keepsTheOrderOfMapsUnlessAskedForOneTextForEqualMaps() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("z", 1);
    map.put("a", 2);

    assertThat(stored(map)).isEqualTo("{\"z\":1,\"a\":2}");
    assertThat(new String(Values.canonicalJson(map), UTF_8)).isEqualTo("{\"a\":2,\"z\":1}");
  }

  @Test
  void decodesJsonOfEveryKindButText() {
    assertThat(decode("{\"a\": [1, 2.50, true, null]}"))
        .isEqualTo(Map.of("a", Arrays.asList(1, new BigDecimal("2.50"), true, null)));
    assertThat(decode(" [ ] ")).isEqualTo(List.of());
    assertThat(decode("-12")).isEqualTo(-12);
    assertThat(decode("12345678901")).isEqualTo(12_345_678_901L);
    assertThat(decode("123456789012345678901")).isEqualTo(new BigInteger("123456789012345678901"));
    assertThat(decode("null")).isNull();
    assertThat(decode("\"quoted\"")).isEqualTo("\"quoted\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "hello", "{broken", "12 monkeys", "[1,2", "true story", "+1"})
  void takesEverythingElseForText(String text) {
    assertThat(decode(text)).isEqualTo(text);
  }

  @Test
  void leavesWhatIsNotUtf8AsBytes() {
    byte[] latin1 = {(byte) 'c', (byte) 0xe9};

    assertThat(Values.decode(latin1)).isSameAs(latin1);
    assertThat(Values.text(latin1)).isNull();
  }

  @Test
  void strictJsonNamesPlaceAndNotContents() {
    assertThatThrownBy(() -> Values.json("{\"password\": secret}".getBytes(UTF_8)))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("line 1, column")
        .hasMessageNotContaining("secret");
  }

  @Test
  void refusesWhatHasNoJsonForm() {
    assertThatThrownBy(() -> Values.bytes(new Object()))
        .isInstanceOf(ConnectorException.class)
        .hasMessageContaining("java.lang.Object");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\": [1, 2.50, true, null]}",
        " [ ] ",
        "-12",
        "123456789012345678901",
        "null",
        "\"quoted\"",
        "text",
        "{no json",
        "1 2",
        "",
      })
  void theTreeOfBytesIsThatOfTheValueTheyStandFor(String text) {
    byte[] bytes = text.getBytes(UTF_8);
    assertThat(Values.decodeTree(bytes)).isEqualTo(Values.tree(Values.decode(bytes)));
    byte[] notText = {(byte) 0xff, 0};
    assertThat(Values.decodeTree(notText)).isEqualTo(Values.tree(Values.decode(notText)));
  }
}
