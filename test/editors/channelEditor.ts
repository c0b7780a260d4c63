import { Channel, until } from './channel.ts';
import type { Desk } from './desk.ts';
import type { Editor, Finding, Place } from './editor.ts';

/** An editor that has loaded its driver: the functions of `neovim.lua`, `vim.vim` or `emacs.el`, all of them of the same names. */
export class ChannelEditor implements Editor {
  readonly #channel: Channel;

  private constructor(channel: Channel) {
    this.#channel = channel;
  }

  /** `start` is told of the socket that the driver is to connect to. */
  static async start(desk: Desk, start: (socket: string) => void): Promise<ChannelEditor> {
    const socket = `${desk.home}/channel`;
    const channel = new Channel(socket);
    start(socket);
    await channel.call('text').catch((error: unknown) => {
      throw new Error(`${error}: ${desk.said}`);
    });
    return new ChannelEditor(channel);
  }

  async open(file: string): Promise<void> {
    await this.#channel.call('open', file);
    await until(async () => (await this.#channel.call<boolean>('ready')) || undefined, 'the server is there');
  }

  findings = (): Promise<readonly Finding[]> => this.#channel.call('findings');

  async go({ line, character }: Place): Promise<void> {
    await this.#channel.call('go', line, character);
  }

  async hover(): Promise<void> {
    await this.#channel.call('hover');
  }

  hovered = (): Promise<string> => this.#channel.call('hovered');

  async definition(): Promise<void> {
    await this.#channel.call('definition');
  }

  place = (): Promise<Place & { readonly file: string }> => this.#channel.call('place');

  async fix(title: string): Promise<void> {
    await this.#channel.call('fix', title);
  }

  text = (): Promise<string> => this.#channel.call('text');

  async type(text: string): Promise<void> {
    await this.#channel.call('type', text);
    await until(async () => ((await this.text()).trimEnd().endsWith(text) ? true : undefined), 'it is typed');
    await this.#channel.call('ask');
  }

  offered = (): Promise<readonly string[]> => this.#channel.call('offered');

  async choose(label: string): Promise<void> {
    await this.#channel.call('choose', label);
  }

  async end(): Promise<void> {
    await this.#channel.end();
  }
}
