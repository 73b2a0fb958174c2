package io.elottery.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.elottery.web.local.LocalLottery.Spoil;
import io.elottery.web.local.LocalSite;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** The site in a real browser, with its scripts. */
@Tag("browser")
final class BrowserIT {
  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final LocalSite site;
  private final ChromeDriver browser;

  BrowserIT(@TempDir Path dir) throws IOException {
    Assumptions.assumeTrue(
        Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
        "skipped: no chromium and chromedriver in /usr/bin (Debian: apt install chromium-driver)");
    site = new LocalSite(dir);
    browser = browser(Files.createDirectory(dir.resolve("profile")));
  }

  @BeforeEach
  void signUp() {
    browser.get(site.url() + "/sign-up");
    new Select(browser.findElement(By.name("branch"))).selectByValue("TOR");
    browser.findElement(By.name("name")).sendKeys("Ada");
    browser.findElement(By.name("password")).sendKeys("correct horse");
    browser.findElement(By.cssSelector("main form .button")).click();
    until("header .balance");
  }

  @AfterEach
  void close() {
    browser.quit();
    site.close();
  }

  @Test
  void aPlayerBuysByNumbersAndByQuickPickAndSeesTheTickets() {
    String draw = site.draw("powerball", Duration.ofHours(1));
    browser.get(site.url() + "/draws/" + draw);

    for (String number : List.of("3", "14", "15", "65", "9")) {
      pick("l0-main", number);
    }
    assertThat(browser.findElement(By.cssSelector("input[name=l0-main][value='20']")).isEnabled())
        .as("a sixth number cannot be picked")
        .isFalse();
    pick("l0-bonus", "26");
    browser.findElement(By.cssSelector("form[data-purchase=numbers] .pay .button")).click();
    until("#outcome .notice.good");
    assertThat(text("header .balance")).isIn("$10,000.00", "$9,998.00");

    browser.findElement(By.cssSelector("form[data-purchase=quick] .button")).click();
    new WebDriverWait(browser, PATIENCE)
        .until(ExpectedConditions.textToBe(By.cssSelector("header .balance"), "$9,996.00"));

    browser.get(site.url() + "/tickets");
    List<WebElement> tickets = browser.findElements(By.cssSelector(".ticket"));
    assertThat(tickets).hasSize(2);
    assertThat(
            tickets.get(1).findElements(By.cssSelector(".ball")).stream().map(WebElement::getText))
        .containsExactly("3", "9", "14", "15", "65", "26");
    tickets.get(1).findElement(By.linkText("Receipt")).click();
    assertThat(text(".receipt")).contains("Sealed", "Download the receipt");

    browser.findElement(By.cssSelector("header .balance")).click();
    until(".statement");
    assertThat(browser.findElements(By.cssSelector(".statement tbody tr"))).hasSize(4);
    browser.findElements(By.cssSelector(".statement a")).get(1).click();
    assertThat(text(".receipt")).contains("Sealed");
  }

  @Test
  void aPurchaseWithoutAnswerIsPendingAndResolvedAfterAReload() {
    String draw = site.draw("powerball", Duration.ofHours(1));
    browser.get(site.url() + "/draws/" + draw);
    site.lottery().spoil(Spoil.ANSWERS_LOST);

    browser.findElement(By.cssSelector("form[data-purchase=quick] .button")).click();
    until("#outcome .notice.wait");
    browser.get(site.url() + "/");
    until("#unresolved .notice.wait");
    site.lottery().spoil(Spoil.NOTHING);

    until("#unresolved .notice.good");
    browser.get(site.url() + "/tickets");
    assertThat(browser.findElements(By.cssSelector(".ticket"))).hasSize(1);
    assertThat(text("header .balance")).isEqualTo("$9,998.00");
  }

  private void pick(String field, String number) {
    browser
        .findElement(By.cssSelector("input[name='" + field + "'][value='" + number + "']"))
        .click();
  }

  private String text(String selector) {
    return browser.findElement(By.cssSelector(selector)).getText();
  }

  private void until(String selector) {
    new WebDriverWait(browser, PATIENCE)
        .until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(selector)));
  }

  private static ChromeDriver browser(Path profile) {
    ChromeOptions options = new ChromeOptions();
    options.setBinary(CHROMIUM.toString());
    options.addArguments(
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--window-size=1000,1400",
        "--user-data-dir=" + profile);
    return new ChromeDriver(
        new ChromeDriverService.Builder().usingDriverExecutable(DRIVER.toFile()).build(), options);
  }
}
