package dev.sluice.gateway.journey;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;

/** What people look for on a page: things by what they are and are called, exactly. */
final class Find {

  private Find() {}

  static Locator button(Page page, String name) {
    return byRole(page, AriaRole.BUTTON, name);
  }

  static Locator link(Page page, String name) {
    return byRole(page, AriaRole.LINK, name);
  }

  static Locator textBox(Page page, String name) {
    return byRole(page, AriaRole.TEXTBOX, name);
  }

  /** What text is written into, with suggestions or without. */
  static Locator field(Page page, String name) {
    return textBox(page, name).or(byRole(page, AriaRole.COMBOBOX, name));
  }

  /** A button in the dialog that is open. */
  static Locator dialogButton(Page page, String name) {
    return page.getByRole(AriaRole.DIALOG)
        .getByRole(AriaRole.BUTTON, new Locator.GetByRoleOptions().setName(name).setExact(true));
  }

  /** The buttons that open a record or a letter. */
  static Locator showButtons(Page page, String what) {
    return page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName("Show the " + what));
  }

  private static Locator byRole(Page page, AriaRole role, String name) {
    return page.getByRole(role, new Page.GetByRoleOptions().setName(name).setExact(true));
  }
}
