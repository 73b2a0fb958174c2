package io.elottery.controller.keys;

import io.elottery.controller.hemisphere.Duty;
import io.elottery.controller.hemisphere.Hemispheres;
import io.elottery.foundation.id.Hemisphere;
import io.elottery.foundation.loop.NodeLoop;
import io.elottery.keyvault.vault.Bootstrap;
import io.elottery.keyvault.vault.SealedRecords;
import io.elottery.keyvault.vault.Vault;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the new network's sealed records from the bootstrap file into the registry, once: LEFT's
 * first acting leader does, when the registry holds none. On main's loop.
 */
public final class VaultImport implements Duty {
  private static final Logger log = LoggerFactory.getLogger(VaultImport.class);
  private static final Duration AGAIN = Duration.ofSeconds(1);

  private final NodeLoop loop;
  private final Hemispheres halves;
  private final Vault vault;
  private final Bootstrap bootstrap;
  private final SealedRecords records;
  private final Runnable founded;

  /**
   * @param founded told on the loop once the vault holds a network
   */
  public VaultImport(
      NodeLoop loop,
      Hemispheres halves,
      Vault vault,
      Bootstrap bootstrap,
      SealedRecords records,
      Runnable founded) {
    this.loop = loop;
    this.halves = halves;
    this.vault = vault;
    this.bootstrap = bootstrap;
    this.records = records;
    this.founded = founded;
  }

  @Override
  public void begin(Hemisphere hemisphere, long fence) {
    if (hemisphere == Hemisphere.LEFT) {
      found();
    }
  }

  @Override
  public void end(Hemisphere hemisphere) {
    // An import cut short is done again by the next leader.
  }

  private void found() {
    if (!halves.coordinates()) {
      return;
    }
    vault
        .isFounded()
        .thenCompose(
            is -> is ? CompletableFuture.completedFuture(0) : bootstrap.importInto(records))
        .whenComplete(
            (count, problem) ->
                loop.post(
                    () -> {
                      if (problem != null) {
                        log.warn("vault not founded, tried again soon: {}", problem.toString());
                        loop.after(AGAIN, this::found);
                        return;
                      }
                      if (count > 0) {
                        log.info("vault founded: {} sealed records imported", count);
                      }
                      founded.run();
                    }));
  }
}
