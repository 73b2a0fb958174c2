package io.elottery.deploy.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildHashTest {
  @Test
  void equalsWhatShaSumOfTheSortedLinesSays(@TempDir Path directory) throws Exception {
    Path one = Files.writeString(directory.resolve("one.jar"), "1", StandardCharsets.UTF_8);
    Path two = Files.writeString(directory.resolve("two.jar"), "2", StandardCharsets.UTF_8);

    assertThat(BuildHash.of(List.of(two, one)))
        .isEqualTo(BuildHash.of(List.of(one, two)))
        .isEqualTo("a17a1fe0f3b6bff6fc3a57430657c905a509fa683b4d81f7ce944bb366639aee");
  }
}
